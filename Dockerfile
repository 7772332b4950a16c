# Ntl in one container: server, trainer, built-in corpus.
#
#   docker build -t ntl .
#   docker run --rm -p 127.0.0.1:5080:5080 -v ntl-data:/data ntl
#
# With a GPU: a CUDA base image, and a libtorch with CUDA unpacked in the build context at the path of NTL_LIBTORCH.
#
#   docker build -t ntl-cuda --build-arg BASE_IMAGE=nvidia/cuda:12.8.1-cudnn-devel-ubuntu22.04 --build-arg NTL_LIBTORCH=libtorch .
#   docker run --rm --gpus all -p 127.0.0.1:5080:5080 -v ntl-data:/data ntl-cuda
#
# There is no login yet: publish the port on loopback only, or put a proxy with a login in front.

ARG BASE_IMAGE=debian:12

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS sdk

FROM ${BASE_IMAGE} AS build
# Path in the build context of a libtorch to use instead of Debian's; empty for Debian's.
ARG NTL_LIBTORCH=
COPY --from=sdk /usr/share/dotnet /usr/share/dotnet
RUN ln -s /usr/share/dotnet/dotnet /usr/local/bin/dotnet \
    && apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
        ca-certificates cmake g++ make nodejs npm libopenblas0-openmp libjemalloc2 \
        $(test -n "${NTL_LIBTORCH}" || echo libtorch-dev) \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN NTL_LIBTORCH="${NTL_LIBTORCH:+/src/${NTL_LIBTORCH}}" \
    dotnet publish Ntl.Web --configuration Release --output /app \
    && mkdir -p /libtorch && if [ -n "${NTL_LIBTORCH}" ]; then cp -a "/src/${NTL_LIBTORCH}/lib/." /libtorch/; fi

FROM ${BASE_IMAGE}
ARG NTL_LIBTORCH=
COPY --from=sdk /usr/share/dotnet /usr/share/dotnet
RUN ln -s /usr/share/dotnet/dotnet /usr/local/bin/dotnet \
    && apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
        libgomp1 libopenblas0-openmp libjemalloc2 $(test -n "${NTL_LIBTORCH}" || echo libtorch1.13) \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --home-dir /data ntl
COPY --from=build /app /app
COPY --from=build /libtorch /libtorch
ENV LD_LIBRARY_PATH=/libtorch
USER ntl
VOLUME /data
EXPOSE 5080
ENTRYPOINT ["dotnet", "/app/Ntl.Web.dll", "--contentRoot", "/app", "--urls", "http://0.0.0.0:5080", "--Ntl:DataDirectory=/data"]
