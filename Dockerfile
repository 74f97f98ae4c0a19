# A static binary and nothing else, run by a user without a name or rights.
#
#   docker build --build-arg VERSION=$(git describe --tags --always) -t roundtable .
#   docker run -v roundtable:/data -v roundtable-erased:/erased -v ./roundtable.yaml:/data/roundtable.yaml:ro -p 8080:8080 roundtable
FROM --platform=$BUILDPLATFORM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=devel TARGETOS TARGETARCH
# As `make build`, for the platform of the image. /out/data, erased and tmp exist
# so that they can be copied with their owner: there is no shell below.
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath -buildvcs=false \
      -ldflags "-s -w -buildid= -X main.version=$VERSION" -o /out/roundtable ./cmd/roundtable \
 && mkdir -p /out/data /out/erased /out/tmp

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /out/roundtable /roundtable
COPY --from=build --chown=65532:65532 /out/tmp /tmp
COPY --from=build --chown=65532:65532 /out/data /data
COPY --from=build --chown=65532:65532 /out/erased /erased
# A number, so that orchestrators can see that it isn't root.
USER 65532:65532
# Settings are read from /data/roundtable.yaml and the journal's default is
# /data/roundtable.db: keep /data on a local disk. The list of what was erased is
# in a volume of its own, which is not restored with a backup of /data. The address is
# set here as the default would not be reached from outside the container.
WORKDIR /data
VOLUME /data /erased
ENV ROUNDTABLE_LISTEN=:8080 ROUNDTABLE_ERASED_LIST=/erased
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["/roundtable", "health"]
ENTRYPOINT ["/roundtable"]
CMD ["serve"]
