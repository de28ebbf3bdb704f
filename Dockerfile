# The app in a container:
#   docker build --tag conflictmap .
#   docker run --rm --publish 127.0.0.1:8501:8501 --volume conflictmap:/data conflictmap
# then open http://127.0.0.1:8501. README.md says how to open your own articles.

FROM python:3.11-slim AS build
COPY . /source
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels /source

FROM python:3.11-slim
# Before the program itself: this layer changes only with the requirements.
COPY requirements.txt /wheels/requirements.txt
RUN pip install --no-cache-dir --requirement /wheels/requirements.txt
COPY --from=build /wheels /wheels
RUN pip install --no-cache-dir --no-deps /wheels/*.whl \
 && useradd --create-home --uid 1000 reader \
 && install --directory --owner reader /data

USER reader
WORKDIR /data
# Decisions about the bundled articles are kept in /data/conflictmap.
ENV XDG_DATA_HOME=/data
VOLUME ["/data"]
EXPOSE 8501
HEALTHCHECK --start-period=60s --interval=30s --timeout=5s \
  CMD ["python", "-c", "from http.client import HTTPConnection as C; c = C('127.0.0.1', 8501, timeout=4); c.request('GET', '/_stcore/health'); exit(c.getresponse().status != 200)"]
# Every address of the container; --publish decides who reaches it from outside. An argument of `docker run` is the FOLDER to open.
ENTRYPOINT ["conflictmap", "serve", "--host", "0.0.0.0", "--port", "8501", "--no-browser"]
