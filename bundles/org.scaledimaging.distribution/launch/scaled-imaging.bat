@echo off
rem Scaled Imaging's command line. Memory: --memory or SCALED_IMAGING_MEMORY; options for Java: SCALED_IMAGING_JAVA_OPTS.
rem No blocks in parentheses: names of folders have some. What is taken from a variable stands in quotes.
setlocal
set "home=%~dp0.."
set "java=%home%\runtime\bin\java.exe"
if not defined JAVA_HOME if exist "%java%" goto start
set "java="
if not defined JAVA_HOME for %%p in (java.exe) do set "java=%%~$PATH:p"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java.exe"
set "message=no Java found: install Java 17 or newer, or set JAVA_HOME to one."
if not defined java goto fail
set "message=JAVA_HOME is %JAVA_HOME%, which has no bin\java.exe: set it to a Java 17 or newer."
if not exist "%java%" goto fail
rem It prints: openjdk full version "17.0.2+8", and those before 9: java full version "1.8.0_201-b09".
set "version="
for %%p in ("%java%") do pushd "%%~dpp"
for /f "tokens=4" %%v in ('.\java.exe -fullversion 2^>^&1') do set "version=%%~v"
popd
set "major=17"
for /f "delims=.+-_" %%v in ("%version%") do set "major=%%v"
if "%major%"=="1" for /f "tokens=2 delims=.+-_" %%v in ("%version%") do set "major=%%v"
set "message=%java% is Java %major%: install Java 17 or newer, or set JAVA_HOME to one."
if %major% lss 17 goto fail
:start
"%java%" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "%home%\lib\*" org.scaledimaging.cli.Launcher %*
exit /b %ERRORLEVEL%
:fail
setlocal enabledelayedexpansion
echo scaled-imaging: !message!>&2
exit /b 1
