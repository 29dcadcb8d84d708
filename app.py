"""`streamlit run app.py`: the app, its security headers, nothing else."""

from __future__ import annotations

import streamlit as st
from starlette.middleware import Middleware

from shell.headers import SecurityHeaders

app = st.App("shell/main.py", middleware=[Middleware(SecurityHeaders)])
