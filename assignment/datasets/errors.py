"""What goes wrong with data and can be mended by the user."""


class DatasetError(Exception):
    """Data is missing, damaged or out of reach; the message names the file and the way out."""
