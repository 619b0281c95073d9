"""HTTP without features: routes, pages, forms, dependencies, errors, headers."""
