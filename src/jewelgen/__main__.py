"""`python -m jewelgen` is the `jewelgen` program."""

from jewelgen.cli import main

if __name__ == "__main__":
    main()
