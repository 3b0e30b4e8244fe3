# docker build -t stele . && docker run --read-only --tmpfs /tmp -p 8080:8080 -v stele:/data stele
FROM rust:1.95-slim-trixie AS build
RUN apt-get update && apt-get install --yes --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /src
# The dependencies are a layer of their own, which is built again only when they change.
COPY Cargo.toml Cargo.lock ./
RUN mkdir -p src benches \
    && echo 'fn main() {}' | tee src/main.rs build.rs benches/tokens.rs > src/lib.rs \
    && cargo build --release --locked --bin stele \
    && rm -r src build.rs benches
COPY . .
# The image has no repository to ask: docker build --build-arg COMMIT=$(git rev-parse HEAD).
ARG COMMIT=
# What was copied may be older than what stood in its place.
RUN touch build.rs src/main.rs src/lib.rs && STELE_COMMIT=$COMMIT cargo build --release --locked --bin stele && mkdir /data

# The image holds libc, the binary and nothing else: no shell, no package manager.
FROM gcr.io/distroless/cc-debian13:nonroot
COPY --from=build /src/target/release/stele /usr/local/bin/stele
COPY --from=build --chown=nonroot:nonroot --chmod=700 /data /data
USER nonroot
WORKDIR /data
VOLUME /data
ENV STELE_LISTEN=0.0.0.0:8080 STELE_DATA=/data/stele.db
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["stele", "health"]
ENTRYPOINT ["stele"]
CMD ["serve"]
