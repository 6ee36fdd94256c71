"""Refusals of photos."""

from muster.core.kernel import Problem


class PhotoTooLarge(Problem):
    """The file or the picture in it is larger than we open."""

    code = "photo.too_large"
    status = 422
    template = "照片太大：{what}。请在手机或电脑上改小以后再传。"


class PhotoUnreadable(Problem):
    """The file is no photo, or a broken one."""

    code = "photo.unreadable"
    status = 422
    template = "“{name}”不是能打开的照片（JPEG、PNG、WebP）。请换一张再传。"
