"""Brings the catalogues up to date with the source, compiles them, and says what is missing."""

import django
from django.conf import settings

from language.catalogue import LANGUAGES, compiled, folder, renewed, text_of, translated
from language.extract import messages


def main() -> None:
    """Writes the .po and .mo file of each language."""
    # Templates are read by Django, which wants to be set up; no site is needed for it.
    settings.configure()
    django.setup()
    found = messages()
    for language in LANGUAGES:
        catalogue = renewed(language, found)
        text = text_of(catalogue)
        place = folder(language)
        place.mkdir(parents=True, exist_ok=True)
        (place / "django.po").write_bytes(text)
        (place / "django.mo").write_bytes(compiled(text, language))
        done = sum(translated(entry) for entry in catalogue if entry.id)
        print(f"{language}: {done} of {len(found)} messages translated")


if __name__ == "__main__":
    main()
