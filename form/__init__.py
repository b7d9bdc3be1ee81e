"""What a dispatch looks like by the rules of form (Nghị định 30/2020/NĐ-CP, Hướng dẫn 36-HD/VPTW).

Called by the readers and by the parsers; knows neither files nor records.
"""
