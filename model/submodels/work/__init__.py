"""Work: contracts, the end of jobs, hours, pay and poverty."""
