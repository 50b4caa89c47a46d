"""What a paper may load: the letterhead's images, handed in as bytes. Nothing else has an address
here.

The templates escape every text, so no other address should ever reach this door; it is the second
lock.
"""

from collections.abc import Mapping

from weasyprint.urls import URLFetcher, URLFetcherResponse

from documents.pictures import Picture

SCHEME = "letterhead:"


class Refused(Exception):
    """A paper asked for something that is not on its letterhead."""


class LetterheadFetcher(URLFetcher):
    """Serves `letterhead:<name>` from memory and remembers what it refused."""

    def __init__(self, pictures: Mapping[str, Picture]) -> None:
        super().__init__(allowed_protocols=("letterhead",), allow_redirects=False)
        self.pictures = pictures
        self.refused: list[str] = []

    def fetch(
        self,
        url: str,
        headers: Mapping[str, str] | None = None,
    ) -> URLFetcherResponse:
        picture = self.pictures.get(url.removeprefix(SCHEME)) if url.startswith(SCHEME) else None
        if picture is None:
            self.refused.append(url)
            raise Refused(url[:200])
        return URLFetcherResponse(
            url,
            picture.content,
            {"Content-Type": picture.mime},
        )
