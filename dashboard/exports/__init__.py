"""What the meeting takes home: one neutral paper, made of what the screens show, and a renderer for each form."""
