"""`python -m bywhom` is the command `bywhom`."""

from bywhom.cli import main

if __name__ == "__main__":
    main()
