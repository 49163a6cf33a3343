"""Who is who: mentions without a number are tied to the persons and bodies on file."""
