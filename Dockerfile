# Ntl in one container: server, trainer, built-in corpus.
#
#   docker build -t ntl .
#   docker run --rm -p 127.0.0.1:5080:5080 -v ntl-data:/data ntl
#
# With a GPU: the package with CUDA, from a feed that serves it, and NVIDIA's container toolkit on the host.
#
#   docker build -t ntl-cuda --build-arg TORCH_PROVIDER=TorchSharp-cuda-linux .
#   docker run --rm --gpus all -p 127.0.0.1:5080:5080 -v ntl-data:/data ntl-cuda
#
# There is no login yet: publish the port on loopback only, or put a proxy with a login in front.

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TORCH_PROVIDER=TorchSharp-cpu
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends nodejs npm \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN dotnet publish Ntl.Web --configuration Release --use-current-runtime --no-self-contained -p:TorchProvider=${TORCH_PROVIDER} --output /app

FROM mcr.microsoft.com/dotnet/sdk:10.0
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends libjemalloc2 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --home-dir /data ntl
COPY --from=build /app /app
USER ntl
VOLUME /data
EXPOSE 5080
ENTRYPOINT ["dotnet", "/app/Ntl.Web.dll", "--contentRoot", "/app", "--urls", "http://0.0.0.0:5080", "--Ntl:DataDirectory=/data"]
