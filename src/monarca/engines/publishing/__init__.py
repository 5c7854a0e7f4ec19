"""Publishing: one frozen Disclosure, redacted once, written as Canada's CSV and as IATI 2.03."""
