"""The X-ray of the numbers: standing checks of what a huvudman may see, and known false alarms."""
