# docker build -t foresail:0.1.0 .
FROM node:24-slim AS packages
WORKDIR /foresail
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts

FROM node:24-slim
WORKDIR /foresail
COPY --from=packages /foresail/node_modules node_modules
COPY package.json ./
COPY controller controller
COPY forecaster forecaster
# The numeric user of the manifest, so that runAsNonRoot can be checked.
USER 65532:65532
ENV NODE_ENV=production
ENTRYPOINT ["node", "controller/cli/foresail.js"]
