"""HTML as Markdown, where all of it can be told so."""

import re
from html.parser import HTMLParser

EMPTY = {"br", "hr", "img", "input", "wbr"}
BLOCKS = {"p", "div", "section", "article", "figure", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "pre", "hr"}
MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "s": "~~", "del": "~~"}
# Elements that only hold others.
OPEN = {"div", "span", "root"}


class Unfit(Exception):
    """Something that Markdown has no words for."""


class Node:
    def __init__(self, tag, attributes=()):
        self.tag, self.attributes, self.children = tag, dict(attributes), []

    @property
    def text(self):
        return "".join(child if isinstance(child, str) else child.text for child in self.children)


class Tree(HTMLParser):
    """The elements of a piece of HTML."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.open = [Node("root")]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        # A paragraph ends where the next block begins, an item where the next one does.
        if self.open[-1].tag == "p" and tag in BLOCKS or self.open[-1].tag == tag == "li":
            self.open.pop()
        node = Node(tag, attributes)
        self.open[-1].children.append(node)
        if tag not in EMPTY:
            self.open.append(node)

    def handle_endtag(self, tag):
        if tag in [node.tag for node in self.open[1:]]:
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data):
        self.open[-1].children.append(data)


def escaped(text):
    text = re.sub(r"([\\`*_\[\]<>~|])", r"\\\1", re.sub(r"[ \t\r\n]+", " ", text))
    return re.sub(r"&(?=#?\w+;)", r"\\&", text)


def target(address):
    address = address or ""
    return f"<{address}>" if re.search(r"[\s()]", address) else address


def inline(node):
    """The words of an element."""
    out = []
    for child in node.children:
        if isinstance(child, str):
            out.append(escaped(child))
        elif child.tag in MARKS:
            words, mark = inline(child), MARKS[child.tag]
            core = words.strip()
            out.append(words.replace(core, f"{mark}{core}{mark}", 1) if core else words)
        elif child.tag == "a" and child.attributes.get("href"):
            out.append(f"[{inline(child).strip()}]({target(child.attributes['href'])})")
        elif child.tag == "img":
            out.append(f"![{escaped(child.attributes.get('alt') or '')}]({target(child.attributes.get('src'))})")
        elif child.tag == "code":
            fence = "`" * (1 + max(map(len, re.findall("`+", child.text)), default=0))
            space = " " if "`" in child.text else ""
            out.append(f"{fence}{space}{child.text}{space}{fence}")
        elif child.tag == "br":
            out.append("\\\n")
        elif child.tag in {"span", "a"}:
            out.append(inline(child))
        else:
            raise Unfit(child.tag)
    return "".join(out)


def paragraph(words):
    words = re.sub(r"(\\\n)+$", "", words.strip())
    # What would begin a list or a heading is a word here.
    words = re.sub(r"^([#+\-=])", r"\\\1", words, flags=re.MULTILINE)
    return re.sub(r"^(\d+)([.)])", r"\1\\\2", words, flags=re.MULTILINE)


def listed(node):
    items, number = [], int(node.attributes.get("start") or 1)
    for child in node.children:
        if isinstance(child, str) and not child.strip():
            continue
        if isinstance(child, str) or child.tag != "li":
            raise Unfit("something beside the items of a list")
        mark = f"{number}. " if node.tag == "ol" else "- "
        inner = blocks(child)
        is_tight = all(isinstance(one, str) or one.tag not in {"p", "pre", "blockquote"} for one in child.children)
        items.append(mark + re.sub(r"\n(?=[^\n])", "\n" + " " * len(mark), ("\n" if is_tight else "\n\n").join(inner)))
        number += 1
    return "\n".join(items)


def block(node):
    if node.tag == "p":
        return [paragraph(inline(node))]
    if node.tag[0] == "h" and node.tag[1:].isdigit():
        return [f"{'#' * int(node.tag[1:])} {inline(node).strip()}"]
    if node.tag in {"ul", "ol"}:
        return [listed(node)]
    if node.tag == "blockquote":
        return ["\n".join(f"> {line}".rstrip() for line in "\n\n".join(blocks(node)).split("\n"))]
    if node.tag == "figcaption":
        words = inline(node).strip()
        return [f"*{words}*"] if words else []
    if node.tag == "hr":
        return ["---"]
    if node.tag == "pre":
        inner = next((child for child in node.children if isinstance(child, Node)), node)
        language = re.search(r"language-(\w+)", inner.attributes.get("class") or "")
        fence = "`" * max(3, 1 + max(map(len, re.findall("`+", node.text)), default=0))
        code = node.text.strip("\n")
        return [f"{fence}{language[1] if language else ''}\n{code}\n{fence}"]
    return blocks(node)


def blocks(node):
    """The blocks of an element; words that stand between them are paragraphs."""
    out, loose = [], Node("p")
    for child in [*node.children, Node("end")]:
        if isinstance(child, Node) and (child.tag in BLOCKS or child.tag == "end"):
            out.append(paragraph(inline(loose)))
            loose = Node("p")
            if child.tag in BLOCKS:
                out.extend(block(child))
        else:
            loose.children.append(child)
    return [one for one in out if one.strip()]


def markdown_of(html):
    """The same as Markdown; None where it has what Markdown has not, such as a table or a frame."""
    try:
        return "\n\n".join(blocks(Tree(html).open[0]))
    except Unfit:
        return None
