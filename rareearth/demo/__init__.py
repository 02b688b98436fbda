"""An invented province: companies, officers and two years of matters. No real firm, no real person."""
