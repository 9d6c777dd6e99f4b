"""The report: what a run of drills showed, as a page, as Markdown and as JSON. Pure, and knows no other room."""
