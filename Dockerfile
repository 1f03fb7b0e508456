# Any service, or the gateway:  docker build --build-arg SERVICE=tickets --tag localhost/atende/tickets .
ARG NODE=24.21.0
ARG DEBIAN=bookworm-slim

FROM node:${NODE}-${DEBIAN} AS base
ENV TURBO_TELEMETRY_DISABLED=1
WORKDIR /atende

# What this one is made of, and nothing else: its own lock file, so that the next stage installs again only when that changes.
FROM base AS pruned
RUN npm install --global turbo@2.11.11
COPY . .
ARG SERVICE
RUN turbo prune "@atende/${SERVICE:?tickets, identity … or gateway}" --docker

FROM base AS packages
COPY --from=pruned /atende/out/json/ ./
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev

FROM base AS built
ARG SERVICE
COPY --from=pruned /atende/out/json/ ./
RUN --mount=type=cache,target=/root/.npm npm ci
COPY --from=pruned /atende/out/full/ /atende/tsconfig.base.json ./
RUN npx turbo run build \
 && find . -name node_modules -prune -exec rm -rf {} + \
 && rm -rf .turbo .cache */src */*/src */.turbo */*/.turbo \
 && find . -path '*/dist/*.test.*' -delete \
 && ln -s "$([ "$SERVICE" = gateway ] || echo services/)$SERVICE" program

# Node, the program and what it needs at run time: no npm, no compiler, nothing that its user may change but its own data.
FROM debian:${DEBIAN}
ARG SERVICE
ARG REVISION=unknown
LABEL org.opencontainers.image.title="atende-${SERVICE}" \
      org.opencontainers.image.description="Atende, an open support portal: ${SERVICE}" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.revision="${REVISION}"
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin atende \
 && install --directory --owner=10001 --group=10001 --mode=0700 /var/lib/atende /var/lib/registry
COPY --from=built /usr/local/bin/node /usr/local/bin/node
COPY --from=packages /atende /atende
COPY --from=built /atende /atende
ENV NODE_ENV=production APOLLO_TELEMETRY_DISABLED=1 HOST=0.0.0.0 PORT=4100 PROBE_PORT=4200
WORKDIR /var/lib/atende
USER 10001:10001
EXPOSE 4100 4200
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["node", "--eval", "fetch(`http://127.0.0.1:${process.env.PROBE_PORT}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/atende/program/dist/main.js"]
