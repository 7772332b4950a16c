# Sourced by the scripts of this folder: a temporary folder, the outside packages at exact versions, and the comparison.
# Needs Linux on x64. C# scripts need the .NET 10 SDK (and python3, for TorchSharp); PyTorch scripts need Debian 12's python3-torch,
# the JavaScript ones Node.js.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1

# csharp PACKAGE=VERSION... < Program.cs: builds and runs the program, and leaves what it prints in the file "output".
csharp() {
    build "" "" "$@"
    dotnet built/finding.dll >output
}

# torchsharp [PACKAGE=VERSION...] < Program.cs: the same with TorchSharp 0.107.0 and its libtorch 2.10.0 for the CPU.
# The 460 MB of libtorch are loaded from NuGet's own folder instead of being copied.
torchsharp() {
    local packages=${NUGET_PACKAGES:-$HOME/.nuget/packages}
    build 'ExcludeAssets="native"' '<PackageDownload Include="libtorch-cpu-linux-x64" Version="[2.10.0]" />
        <Using Include="TorchSharp" /><Using Include="TorchSharp.Modules" /><Using Include="TorchSharp.torch" Static="true" />' \
        TorchSharp=0.107.0 "$@"
    cp "$packages/torchsharp/0.107.0/runtimes/linux-x64/native/libLibTorchSharp.so" .
    weaken libLibTorchSharp.so GLIBCXX_3.4.32
    LD_LIBRARY_PATH="$work:$packages/libtorch-cpu-linux-x64/2.10.0/runtimes/linux-x64/native" dotnet built/finding.dll >output
}

# build ATTRIBUTES ITEMS PACKAGE=VERSION... < Program.cs
build() {
    local attributes=$1 items=$2 package
    shift 2
    mkdir program
    cat >program/Program.cs
    {
        echo '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings><InvariantGlobalization>true</InvariantGlobalization>
            <AssemblyName>finding</AssemblyName><UseSharedCompilation>false</UseSharedCompilation></PropertyGroup><ItemGroup>'
        for package in "$@"; do
            echo "<PackageReference Include=\"${package%%=*}\" Version=\"[${package#*=}]\" $attributes />"
        done
        echo "$items</ItemGroup></Project>"
    } >program/finding.csproj
    dotnet build program -c Release -o built -v quiet >build.log 2>&1 || { cat build.log >&2; exit 2; }
}

# weaken LIBRARY VERSION: makes a symbol version that the system's C++ library lacks an optional one in our own copy of LIBRARY.
# TorchSharp's library asks for GLIBCXX_3.4.32; Debian 12 ends at 3.4.30 and works.
weaken() {
    ! grep -qsaF "$2" /usr/lib/x86_64-linux-gnu/libstdc++.so.6 /usr/lib64/libstdc++.so.6 || return 0
    python3 - "$@" <<'PY'
import struct, sys

path, version = sys.argv[1], sys.argv[2].encode()
data = bytearray(open(path, "rb").read())
table, = struct.unpack_from("<Q", data, 40)
size, count = struct.unpack_from("<HH", data, 58)
sections = [struct.unpack_from("<IIQQQQIIQQ", data, table + i * size) for i in range(count)]
needed = next(section for section in sections if section[1] == 0x6FFFFFFE)  # .gnu.version_r
names, library = sections[needed[6]][4], needed[4]
for _ in range(needed[7]):
    _, entries, _, first, following = struct.unpack_from("<HHIII", data, library)
    entry = library + first
    for _ in range(entries):
        _, flags, _, name, step = struct.unpack_from("<IHHII", data, entry)
        if data[names + name:data.index(0, names + name)] == version:
            struct.pack_into("<H", data, entry + 4, flags | 2)  # the weak bit
        entry += step
    library += following
open(path, "wb").write(data)
PY
}

# pytorch < program.py: runs it with Debian 12's PyTorch and leaves what it prints in the file "output".
pytorch() {
    local wanted=1.13.1+dfsg-4
    if [ "$(dpkg-query -W -f '${Version}' python3-torch 2>/dev/null)" != "$wanted" ]; then
        echo "This needs Debian 12's PyTorch: apt-get install python3-torch=$wanted" >&2
        exit 2
    fi
    /usr/bin/python3 -W ignore - >output
}

# node_script PACKAGE@VERSION... < script.js: runs it with Node.js and leaves what it prints in the file "output".
node_script() {
    npm install --no-audit --no-fund --prefix . "$@" >build.log 2>&1 || { cat build.log >&2; exit 2; }
    cat >script.js
    node script.js >output
}

# seen < EXPECTED: prints the output and fails if it is not what was seen when the finding was written.
seen() {
    cat output
    diff - output >difference || { echo "The behaviour has changed (< before, > now):"; cat difference; exit 1; }
}
