"""Trees as one line of plain text, as on paper: d/dp [log(L(p))]; for messages. Nothing is decided by it."""

from __future__ import annotations

from derivations.engine.kernel.terms import BINDERS, Term


def show(term: Term, tight: int = 0) -> str:
    def of(part: Term, level: int = 0) -> str:
        return show(part, level)

    def wrapped(text: str, level: int) -> str:
        return f"({text})" if level < tight else text

    head = term[0]
    match head:
        case "num":
            return str(term[1])
        case "dec":
            whole, part = divmod(term[1], 10 ** term[2])
            return f"{whole}.{part:0{term[2]}d}" if term[2] else str(whole)
        case "sym":
            return str(term[1])
        case "+":
            text = of(term[1], 1)
            for part in term[2:]:
                text += f" - {of(part[1], 2)}" if part[0] == "neg" else f" + {of(part, 1)}"
            return wrapped(text, 1)
        case "*":
            return wrapped("*".join(of(part, 3) for part in term[1:]), 2)
        case "neg":
            return wrapped("-" + of(term[1], 2), 1)
        case "/":
            return wrapped(f"{of(term[1], 2)}/{of(term[2], 3)}", 2)
        case "^":
            return wrapped(f"{of(term[1], 4)}^{of(term[2], 4)}", 3)
        case "app":
            return f"{term[1].partition('.')[2] or term[1]}({', '.join(map(of, term[2:]))})"
        case "is":
            return f"[{of(term[1])} = {of(term[2])}]"
        case "eq":
            return f"{of(term[1])} = {of(term[2])}"
        case "pi" | "inf":
            return "π" if head == "pi" else "∞" if term[1] == "+" else "-∞"
        case "set":
            return "{" + ", ".join(map(of, term[1:])) + "}"
    if head in BINDERS:
        text = bound(term)
        return wrapped(text, 0 if head == "roots" else 2)
    return f"{head}({', '.join(of(part) for part in term[1:] if isinstance(part, tuple))})"


def bound(term: Term) -> str:
    """What binds a variable: derivatives, sums, limits, places of a maximum, roots."""
    head, name, body, *rest = term
    match head:
        case "d":
            at = show(rest[0])
            return f"d/d{name} [{show(body)}]" + (f"|_{{{name} = {at}}}" if at != name else "")
        case "sum" | "prod":
            return f"{'Σ' if head == 'sum' else 'Π'}_{{{name}={show(rest[0])}..{show(rest[1])}}} {show(body, 2)}"
        case "lim":
            side = "" if rest[0][0] == "inf" else rest[1]
            return f"lim_{{{name}→{show(rest[0])}{side}}} {show(body, 2)}"
        case "fn":
            return f"{name} ↦ {show(body)}"
    everywhere = rest[0][0] == rest[1][0] == "inf"
    over = name if everywhere else f"{name} ∈ {rest[2][0]}{show(rest[0])}, {show(rest[1])}{rest[2][1]}"
    return f"{{{over} : {show(body)} = 0}}" if head == "roots" else f"arg {head[3:]}_{{{over}}} {show(body, 2)}"
