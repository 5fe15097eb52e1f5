"""Errors of reading UCDP data; each message says what is wrong, what is kept, what to do.

UcdpError
├── UcdpFileError                 the file as a whole cannot be read
│   ├── UcdpFileUnreadable        missing, a folder, no right to open, a damaged archive
│   ├── UcdpFileEmpty             no bytes, or an archive without a file
│   ├── UcdpFileWithoutEvents     a header (or an empty list) and nothing below it
│   ├── UcdpFileTruncated         it stops in the middle
│   ├── UcdpFileMalformed         quoting or JSON that cannot be understood
│   ├── UcdpColumnsMissing        another table, or another separator
│   ├── UcdpFileBinary            an image, a programme, damaged blocks
│   ├── UcdpFileEncoding          text, but not UTF-8
│   ├── UcdpFileSpreadsheet       xlsx, xls or ods
│   ├── UcdpArchiveAmbiguous      a zip that holds several tables
│   ├── UcdpFileTooLarge          more than the given limit once unpacked
│   └── UcdpVintageUnknown        the release cannot be told from the name and was not given
└── UcdpApiError                  the service could not be read
    ├── UcdpApiConfiguration      address, version or filter that cannot be used
    ├── UcdpApiTokenMissing       no token was given
    ├── UcdpApiTokenRefused       401, 403
    ├── UcdpApiVersionUnknown     404
    ├── UcdpApiRequestRefused     another refusal (4xx)
    ├── UcdpApiRateLimited        429 until the attempts ran out
    ├── UcdpApiUnavailable        5xx or no connection until the attempts ran out
    ├── UcdpApiTimeout            no answer in time until the attempts ran out
    ├── UcdpApiRedirected         the service points to another address; not followed
    └── UcdpApiUnexpectedAnswer   not JSON, or not the documented shape
"""

from django.utils.translation import gettext_noop

NOTHING_CHANGED = gettext_noop("Nothing was changed.")


class UcdpError(Exception):
    """Reading UCDP data failed."""


class UcdpFileError(UcdpError):
    """The file as a whole cannot be read."""

    def __init__(self, file: str, wrong: str, expected: str, action: str) -> None:
        self.file = file
        self.wrong = wrong
        self.expected = expected
        self.action = action
        super().__init__(
            gettext_noop(
                "%(file)s: %(wrong)s Expected: %(expected)s %(nothing_changed)s %(action)s"
            )
            % {
                "file": file,
                "wrong": wrong,
                "expected": expected,
                "nothing_changed": NOTHING_CHANGED,
                "action": action,
            }
        )


class UcdpFileUnreadable(UcdpFileError):
    """The file cannot be opened or unpacked."""


class UcdpFileEmpty(UcdpFileError):
    """The file holds nothing."""


class UcdpFileWithoutEvents(UcdpFileError):
    """The file has a header but no event."""


class UcdpFileTruncated(UcdpFileError):
    """The file stops in the middle."""


class UcdpFileMalformed(UcdpFileError):
    """The file's quoting or JSON cannot be understood."""


class UcdpColumnsMissing(UcdpFileError):
    """The file lacks columns an event needs; `missing` names them."""

    def __init__(
        self, file: str, wrong: str, expected: str, action: str, missing: tuple[str, ...]
    ) -> None:
        self.missing = missing
        super().__init__(file, wrong, expected, action)


class UcdpFileBinary(UcdpFileError):
    """The file is not text."""


class UcdpFileEncoding(UcdpFileError):
    """The file is text, but not UTF-8."""


class UcdpFileSpreadsheet(UcdpFileError):
    """The file is a spreadsheet workbook."""


class UcdpArchiveAmbiguous(UcdpFileError):
    """The zip holds more than one file that could be meant."""


class UcdpFileTooLarge(UcdpFileError):
    """The file is larger than the limit once unpacked."""


class UcdpVintageUnknown(UcdpFileError):
    """The release (vintage) of the data is not known."""


class UcdpApiError(UcdpError):
    """The UCDP service could not be read."""


class UcdpApiConfiguration(UcdpApiError):
    """The address, version, page size or a filter cannot be used."""


class UcdpApiTokenMissing(UcdpApiError):
    """No access token was given."""


class UcdpApiTokenRefused(UcdpApiError):
    """The service refused the access token."""


class UcdpApiVersionUnknown(UcdpApiError):
    """The service does not know this version."""


class UcdpApiRequestRefused(UcdpApiError):
    """The service refused the request."""


class UcdpApiRateLimited(UcdpApiError):
    """The service asked to slow down until the attempts ran out."""


class UcdpApiUnavailable(UcdpApiError):
    """The service could not be reached or failed until the attempts ran out."""


class UcdpApiTimeout(UcdpApiError):
    """The service did not answer in time until the attempts ran out."""


class UcdpApiRedirected(UcdpApiError):
    """The service points to another address, which is not followed."""


class UcdpApiUnexpectedAnswer(UcdpApiError):
    """The answer is not JSON or not of the documented shape."""
