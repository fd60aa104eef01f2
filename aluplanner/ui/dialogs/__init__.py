"""Questions, answers and help in windows of their own."""
