"""What the kernel's process and those who ask it agree on: how an answer begins.

In: nothing.  Out: bytes.
"""

ANSWER = b"@answer "
