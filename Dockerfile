FROM python:3.11-slim-bookworm
RUN apt-get update && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY pyproject.toml uv.lock script/uv.txt ./
RUN pip install --no-cache-dir --require-hashes -r uv.txt && uv sync --frozen --no-dev
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1
COPY . .
ENV STATIC_ROOT=/app/collected
RUN python script/messages.py compile && STATE_DIR=/tmp/build SECRET_KEY=build python manage.py collectstatic --no-input --verbosity 0 && rm -r /tmp/build && useradd --system --uid 10001 --home /state app && mkdir /state /files && chown app /state /files
USER app
