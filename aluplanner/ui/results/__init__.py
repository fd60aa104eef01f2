"""Result tables: the figures of the balance by month and by longer periods."""
