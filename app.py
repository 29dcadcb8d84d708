"""`streamlit run app.py`: the app, its security headers, what it loads beforehand, nothing else."""

from __future__ import annotations

import streamlit as st
from starlette.middleware import Middleware

from shell.headers import SecurityHeaders
from shell.warming import warming

app = st.App("shell/main.py", middleware=[Middleware(SecurityHeaders)], lifespan=warming)
