"""Speed, measured against ripgrep; see README.md."""
