"""Live plots of the balance over one month axis."""
