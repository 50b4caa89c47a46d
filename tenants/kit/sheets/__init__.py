"""Tables that people upload: workbooks and text files as rows of text, read in a child process.

`reader.opened` is the door; the other modules run in the child, which has limits of memory and time.
"""
