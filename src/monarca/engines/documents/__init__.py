"""Documents as people send them: read forms, budgets and mails; write agreements."""
