"""One client a source: it asks and checks that all came; reading is the importers' work."""
