# Makes images and .msi installers of the console, the coordinator and the agent on Windows; the result lies in
# target\packages. Needs a JDK 25 and the WiX Toolset (3.14 or 4 and later, with its Util and UI extensions), which jpackage
# finds by itself; Maven, unless -Built. What build.sh is for Linux and macOS, but without AOT caches: a cache is valid only
# for jars of the very times that it was made with, and an .msi keeps local time in steps of two seconds.
#
# usage: powershell -ExecutionPolicy Bypass -File jlink\build.ps1 [-Built] [-Products coordinator,agent,console] [-Version 1.2.3] [-ImagesOnly]
[CmdletBinding()]
param(
    [switch] $Built,
    [string[]] $Products = @('coordinator', 'agent', 'console'),
    [string] $Version = '',
    [switch] $ImagesOnly
)
Set-StrictMode -Version 2
# With -File, a list arrives as one text.
$Products = $Products -split ','
$ErrorActionPreference = 'Stop'
$repository = Split-Path -Parent $PSScriptRoot
$packages = Join-Path $repository 'target\packages'
$work = Join-Path $repository 'target\jlink'

# Runs a program; Windows PowerShell goes on after one that failed.
function Invoke-Program([string] $Program, [string[]] $Arguments) {
    & $Program @Arguments
    if ($LASTEXITCODE -ne 0) { throw "$Program ended with $LASTEXITCODE" }
}

# All values of a key in products\NAME.conf; one "key value" a line.
function Get-Setting([string] $Product, [string] $Key) {
    Get-Content -Encoding UTF8 (Join-Path $PSScriptRoot "products\$Product.conf") |
        Where-Object { $_.StartsWith("$Key ") } | ForEach-Object { $_.Substring($Key.Length + 1) }
}

function Test-Jdk([string] $Candidate) {
    if (-not $Candidate -or -not (Test-Path (Join-Path $Candidate 'bin\jpackage.exe'))) { return $false }
    $release = Join-Path $Candidate 'release'
    if (-not (Test-Path $release)) { return $false }
    $line = Get-Content $release | Where-Object { $_ -match '^JAVA_VERSION="(\d+)' } | Select-Object -First 1
    return $line -and $line -match '^JAVA_VERSION="(\d+)' -and [int] $Matches[1] -ge 25
}

# The first JDK 25 or later of: JAVA_HOME, the folders of the usual installers, the java on the path.
function Find-Jdk {
    $candidates = @($env:JAVA_HOME)
    foreach ($folder in 'Eclipse Adoptium', 'Java', 'Microsoft', 'Zulu', 'Amazon Corretto') {
        $parent = Join-Path $env:ProgramFiles $folder
        if (Test-Path $parent) { $candidates += (Get-ChildItem -Directory $parent | ForEach-Object { $_.FullName }) }
    }
    $onPath = Get-Command java.exe -ErrorAction SilentlyContinue
    if ($onPath) { $candidates += (Split-Path -Parent (Split-Path -Parent $onPath.Source)) }
    foreach ($candidate in $candidates) { if (Test-Jdk $candidate) { return $candidate } }
    throw 'no JDK 25 with jlink and jpackage found; install one (such as Temurin 25) or set JAVA_HOME'
}

function New-JavaFxModules([string] $Lib, [string] $Target) {
    New-Item -ItemType Directory -Force $Target | Out-Null
    foreach ($module in 'base', 'graphics', 'controls', 'fxml') {
        $jar = Get-ChildItem (Join-Path $Lib "javafx-$module-*-win*.jar") | Select-Object -First 1
        if (-not $jar) { throw "no Windows jar of javafx-$module in $Lib" }
        $classes = Join-Path $work "javafx\$module\classes"
        $natives = Join-Path $work "javafx\$module\natives"
        New-Item -ItemType Directory -Force $classes, $natives | Out-Null
        Push-Location $classes
        try { Invoke-Program "$jdk\bin\jar.exe" @('--extract', '--file', $jar.FullName) } finally { Pop-Location }
        Get-ChildItem (Join-Path $classes '*.dll') | Move-Item -Destination $natives
        # Microsoft's run-time libraries come with java.base too; jlink refuses a file that two modules bring.
        Get-ChildItem (Join-Path $natives '*.dll') | Where-Object { Test-Path (Join-Path "$jdk\bin" $_.Name) } | Remove-Item
        # Windows looks for libraries in the run-time image's bin folder, where jlink puts what a jmod calls commands.
        Invoke-Program "$jdk\bin\jmod.exe" @('create', '--class-path', $classes, '--cmds', $natives, "$Target\javafx.$module.jmod")
    }
}

function New-Runtime([string] $Product, [string] $Target) {
    $modules = Get-Setting $Product 'jdk-modules'
    $options = @('--strip-debug', '--no-header-files', '--no-man-pages', '--compress', 'zip-6', '--output', $Target)
    $javafx = Get-Setting $Product 'javafx-modules'
    if ($javafx) {
        New-JavaFxModules (Join-Path $repository "$(Get-Setting $Product 'module')\target\lib") (Join-Path $work 'jmods')
        $modules = "$modules,$javafx"
        $options += @('--module-path', (Join-Path $work 'jmods'))
    }
    if ($modules -match 'jdk\.localedata') { $options += '--include-locales=en,ja' }
    Invoke-Program "$jdk\bin\jlink.exe" ($options + @('--add-modules', $modules))
}

function New-Image([string] $Product) {
    $package = Get-Setting $Product 'package'
    $launcher = Get-Setting $Product 'launcher'
    $target = Join-Path $repository "$(Get-Setting $Product 'module')\target"
    $image = Join-Path $work "images\$package"
    $jars = Join-Path $work "input\$Product"
    $runtime = Join-Path $work "runtime\$Product"
    $made = Join-Path $work "app\$Product"
    foreach ($folder in $image, $jars, $runtime, $made, (Join-Path $work 'jmods'), (Join-Path $work 'javafx')) {
        if (Test-Path $folder) { Remove-Item -Recurse -Force $folder }
    }
    New-Item -ItemType Directory -Force $jars, (Split-Path $image), (Split-Path $runtime) | Out-Null
    Copy-Item (Join-Path $target (Get-Setting $Product 'main-jar')), (Join-Path $target 'lib\*.jar') $jars
    if (Get-Setting $Product 'javafx-modules') { Remove-Item (Join-Path $jars 'javafx-*.jar') }
    New-Runtime $Product $runtime
    $options = @('--type', 'app-image', '--name', $launcher, '--input', $jars, '--main-jar', (Get-Setting $Product 'main-jar'),
        '--main-class', (Get-Setting $Product 'main-class'), '--runtime-image', $runtime, '--app-version', $plainVersion,
        '--vendor', 'Modelfleet', '--icon', (Join-Path $repository 'assets\icons\modelfleet.ico'), '--dest', $made)
    foreach ($option in Get-Setting $Product 'java-option') { $options += @('--java-options', $option) }
    # Services are started from a command line and write their log there.
    if ($Product -ne 'console') { $options += '--win-console' }
    Invoke-Program "$jdk\bin\jpackage.exe" $options
    Move-Item (Join-Path $made $launcher) $image
    Invoke-Program "$jdk\bin\java.exe" @((Join-Path $PSScriptRoot 'PackageDocuments.java'), $target, $jars, $jdk, (Join-Path $image 'doc'))
    Copy-Item (Join-Path $repository 'LICENSE') (Join-Path $image 'doc')
}

function New-Msi([string] $Product) {
    $package = Get-Setting $Product 'package'
    $made = Join-Path $work "msi\$Product"
    if (Test-Path $made) { Remove-Item -Recurse -Force $made }
    # The same for all versions, so that an installer replaces the older one.
    $upgradeCodes = @{
        'coordinator' = 'baf9bde6-f540-4c12-ad4f-d6609f7556b7'
        'agent'       = 'b51db684-5bff-4bfe-9aad-4eab07c122e7'
        'console'     = '9d09ae21-cf4b-4528-819d-d7e21c722748'
    }
    $options = @('--type', 'msi', '--name', $package, '--app-image', (Join-Path $work "images\$package"), '--app-version',
        $plainVersion, '--vendor', 'Modelfleet', '--description', (Get-Setting $Product 'summary'), '--license-file',
        (Join-Path $repository 'LICENSE'), '--install-dir', "Modelfleet\$Product", '--win-upgrade-uuid',
        $upgradeCodes[$Product], '--dest', $made)
    if ($Product -eq 'console') { $options += @('--win-menu', '--win-menu-group', 'Modelfleet') }
    Invoke-Program "$jdk\bin\jpackage.exe" $options
    $architecture = if ($env:PROCESSOR_ARCHITECTURE -eq 'ARM64') { 'arm64' } else { 'x64' }
    Get-ChildItem (Join-Path $made '*.msi') | Move-Item -Force -Destination (Join-Path $packages "$package-$Version-windows-$architecture.msi")
}

if (-not $Version) {
    $pom = [xml] (Get-Content -Encoding UTF8 (Join-Path $repository 'pom.xml'))
    $Version = $pom.project.version
}
# Windows Installer compares three numbers and knows no snapshots.
$plainVersion = $Version -replace '-.*', ''
$jdk = Find-Jdk
if (-not $Built) {
    if (-not (Get-Command mvn -ErrorAction SilentlyContinue)) { throw 'Maven is not installed' }
    # Maven leaves jars of older builds where it copies the libraries to.
    Get-ChildItem $repository -Directory | ForEach-Object { Join-Path $_.FullName 'target\lib' } |
        Where-Object { Test-Path $_ } | Remove-Item -Recurse -Force
    Push-Location $repository
    try { Invoke-Program 'mvn' @('-B', '-q', '-Dmaven.test.skip=true', 'package') } finally { Pop-Location }
}
New-Item -ItemType Directory -Force $packages, $work | Out-Null
foreach ($product in $Products) {
    Write-Output "${product}: image"
    New-Image $product
    if (-not $ImagesOnly) {
        Write-Output "${product}: msi"
        New-Msi $product
    }
}
Get-ChildItem $packages
