# docker build -t stele . && docker run -p 8080:8080 -v stele:/data stele
FROM rust:1.95-slim-trixie AS build
RUN apt-get update && apt-get install --yes --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN cargo build --release --locked && mkdir /data

# The image holds libc, the binary and nothing else: no shell, no package manager.
FROM gcr.io/distroless/cc-debian13:nonroot
COPY --from=build /src/target/release/stele /usr/local/bin/stele
COPY --from=build --chown=nonroot:nonroot /data /data
USER nonroot
WORKDIR /data
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["stele"]
CMD ["serve", "--listen", "0.0.0.0:8080", "--data", "/data/stele.db"]
