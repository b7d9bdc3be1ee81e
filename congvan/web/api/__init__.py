"""The desk for programs: JSON under /api/v1, health, metrics, and the MCP server.

Called by `congvan.web.app` and `congvan mcp`.
"""
