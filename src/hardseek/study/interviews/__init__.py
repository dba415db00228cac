"""Interviews with participants: the guide, and notes that are kept as they are typed."""

from hardseek.study.interviews.guide import GuideQuestion, InterviewGuide

__all__ = ["GuideQuestion", "InterviewGuide"]
