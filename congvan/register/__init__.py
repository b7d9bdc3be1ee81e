"""The deadline register, the books of arrivals and the calendar: records and today's date, nothing else."""
