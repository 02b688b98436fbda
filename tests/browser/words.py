"""The words of a page: English on a Chinese page, and Chinese on an English one."""

import re

import polib

from rareearth.translations import CATALOGUE
from tests.browser.site import Site

# Words of the page as people read and hear them, without what officers typed and without codes.
WORDS = """() => {
  const found = new Set();
  const skip = "script, style, kbd, code, pre, .mono, [lang=en], [data-language]";
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const parent = walk.currentNode.parentElement;
    const text = walk.currentNode.textContent.trim();
    if (text && !parent.closest(skip)) found.add(text);
  }
  for (const element of document.querySelectorAll("[title], [aria-label], [placeholder], [alt]"))
    for (const name of ["title", "aria-label", "placeholder", "alt"])
      if (element.getAttribute(name) && !element.closest(skip)) found.add(element.getAttribute(name));
  for (const element of document.querySelectorAll("[data-words]")) found.add(element.dataset.words);
  found.add(document.title);
  return [...found];
}"""


# What Chinese officials write in Latin letters: names of formats and keys, …
NAMES = [
    "PDF",
    "PDF/A",
    "Excel",
    "SHA",
    "SHA256SUMS",
    "sha256sum",
    "ZIP",
    "HS",
    "REO",
    "CSV",
    "JSON",
    "XLS",
    "XLSX",
    "Word",
    "TOTP",
    "Ctrl",
    "Shift",
    "Enter",
    "Esc",
    "Tab",
    "NFC",
    "UTF",
]
ALLOWED = re.compile(
    r"请求编号 \w+|^English$"
    # … addresses, accounts that are mentioned, names of files, codes,
    r"|[\w.+-]+@[\w.-]+|https?://\S+|@[a-z0-9_]+|\.[a-z]{3,4}\b|\b[A-Z]{2,4}-[A-Z]{2,5}\b"
    # sums of files,
    r"|\b[0-9a-f]{64}\b"
    # conditions of customs supervision, as the tariff prints them (4Bxy).
    r"|\d*[A-Z]{1,2}xy\d*"
    rf"|(?<![A-Za-z])(?:{'|'.join(NAMES)})(?![A-Za-z])"
)
ENGLISH = re.compile(r"[A-Za-z][a-z]{2,}")


def english_in(texts: list[str], accounts: set[str]) -> list[str]:
    """Those of the texts that hold an English word."""
    return [
        text[:160] for text in texts if any(word not in accounts for word in ENGLISH.findall(ALLOWED.sub("", text)))
    ]


# What the portal itself says on an English page, beside the names and texts that officers and statutes gave it.
LABELS = """() => [...document.querySelectorAll(
  "main label, main legend, main th, main button, main summary, main .btn, nav a, h1, .panel-title, .head-actions a, .stepbar li, .error-summary li"
)].filter((one) => one.offsetParent && !one.closest("[lang=zh-Hans], [data-content]")).map((one) => one.textContent.trim().replace(/\\s+/g, " "))"""


CHINESE = re.compile(r"[\u3400-\u9fff]")
# A judicial interpretation is cited by its name, which no table of the database holds, with the mark of what is to be verified; the two
# volumes of a file are called as they are labelled.
CITED = re.compile(
    "最高人民法院关于行政诉讼证据若干问题的规定第[一二三四五六七八九十]+条|环境行政处罚办法[^）]{0,12}第[一二三四五六七八九十]+条|（待核实）|[正副]卷"
)
# What the portal says in Chinese. A short word (期限) is kept somewhere by chance; a longer one is a title, kept as it was given.
LONGEST_CHANCE = 4
OWN_WORDS = {entry.msgstr for entry in polib.pofile(str(CATALOGUE)) if CHINESE.search(entry.msgstr)}


def data_in(site: Site) -> list[str]:
    """Names, titles and texts that the portal keeps, the longest first: on an English page they stay as they were given."""
    kept = set()
    for (table,) in site.portal.sql("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"):
        for column in site.portal.sql(
            f"SELECT name FROM pragma_table_info('{table}') WHERE type LIKE '%char%' OR type = 'TEXT'"
        ):
            least = 1 if table == "registry_element" else 2  # 镧
            rows = site.portal.sql(
                f'SELECT DISTINCT "{column[0]}" FROM "{table}" WHERE length("{column[0]}") BETWEEN {least} AND 200'
            )
            kept |= {text for (text,) in rows if isinstance(text, str) and CHINESE.search(text)}
    return sorted(kept, key=len, reverse=True)


def chinese_in(texts: list[str], data: list[str]) -> list[str]:
    """Those of the texts that are the portal's own words, or hold Chinese when the data are taken away.

    "中文" is how the language is chosen.
    """
    left = []
    for text in texts:
        rest = "" if text == "中文" else CITED.sub("", text)
        for name in data if CHINESE.search(text) else ():
            rest = rest.replace(name, "")
        by_chance = len(text) <= LONGEST_CHANCE or text not in data
        if CHINESE.search(rest) or (text in OWN_WORDS and by_chance):
            left.append(text)
    return left
