"""Photos made safe to keep: decoded, turned upright, made small, written anew without any particulars."""

from muster.core.photos.problems import PhotoTooLarge, PhotoUnreadable
from muster.core.photos.process import MOST_BYTES, clean_in_child

__all__ = ["MOST_BYTES", "PhotoTooLarge", "PhotoUnreadable", "clean_in_child"]
