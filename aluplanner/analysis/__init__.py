"""Questions beyond one run: claims, comparisons and what comes after them."""
