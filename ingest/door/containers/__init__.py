"""Files that hold other files: archives, mails, PDF portfolios. Opened with care, each file inside read as its own.

Called by `congvan.intake`, in a worker process.
"""
