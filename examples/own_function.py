"""A very small supporter: it gives the seeker's first words back and asks on."""


def reply(messages: list[dict[str, str]], language: str) -> str:
    """Answer the seeker's last message."""
    start = " ".join(messages[-1]["content"].split()[:6])
    if language == "zh":
        return f"你说“{messages[-1]['content'][:12]}”，听着挺不容易的。能再多说一点吗？"
    return f'"{start}..." That sounds like a lot. What is it like for you?'
