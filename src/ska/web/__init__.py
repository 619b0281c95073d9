"""HTTP without features: routing, pages, forms, dependencies, errors."""
