"""`python -m hardseek`."""

from hardseek.cli import main

if __name__ == "__main__":
    main()
