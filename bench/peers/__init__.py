"""The peers as they would be written in their own tools; run by `.venv-peers`, never by ours."""
