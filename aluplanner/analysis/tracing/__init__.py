"""What every reported series is made of, as monthly lines that add up to it."""
