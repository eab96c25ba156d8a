@echo off
rem Scaled Imaging's command line. Memory: --memory or SCALED_IMAGING_MEMORY; options for Java: SCALED_IMAGING_JAVA_OPTS.
setlocal
set "home=%~dp0.."
set "java=java"
if exist "%home%\runtime\bin\java.exe" set "java=%home%\runtime\bin\java.exe"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java.exe"
if defined JAVA_HOME if not exist "%java%" (
  echo scaled-imaging: JAVA_HOME is %JAVA_HOME%, which has no bin\java.exe: set it to a Java 17 or newer. 1>&2
  exit /b 1
)
if "%java%"=="java" (
  where java >nul 2>nul || (
    echo scaled-imaging: no Java found: install Java 17 or newer, or set JAVA_HOME to one. 1>&2
    exit /b 1
  )
)
"%java%" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "%home%\lib\*" org.scaledimaging.cli.Launcher %*
exit /b %ERRORLEVEL%
