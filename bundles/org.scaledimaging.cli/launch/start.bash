# Starts the command line: what the script in the project's top folder and that of an installation share. These call
# take_memory and find_java, set `jars`, a folder; `caches`, a folder for what Java keeps between starts; `kind`, empty or
# the executor's part of a file's name, and `executor_options`, a file; and then call `start`.
# Memory of the process: --memory or SCALED_IMAGING_MEMORY.
# Options for Java: SCALED_IMAGING_JAVA_OPTS, split at spaces.
# Without the class cache: SCALED_IMAGING_CLASS_CACHE=off.

fail() {
  echo "scaled-imaging: $1" >&2
  exit "${2:-1}"
}

# --memory SIZE, anywhere among the arguments, is for this script: it bounds the whole process. Sets `arguments`, without
# it, and `mebibytes`, empty where none is given.
take_memory() {
  mebibytes=
  local memory=${SCALED_IMAGING_MEMORY:-}
  arguments=()
  while (($# > 0)); do
    case $1 in
      --memory)
        (($# > 1)) || fail "--memory: found nothing, expected a size such as 2g or 800m." 2
        memory=$2
        shift
        ;;
      --memory=*) memory=${1#--memory=} ;;
      --)
        arguments+=("$@")
        break
        ;;
      *) arguments+=("$1") ;;
    esac
    shift
  done
  if [[ -n $memory ]]; then
    [[ $memory =~ ^([0-9]{1,9})([mMgG])$ ]] || fail "--memory: found $memory, expected a size such as 2g or 800m." 2
    mebibytes=$((10#${BASH_REMATCH[1]}))
    [[ ${BASH_REMATCH[2]} == [mM] ]] || mebibytes=$((mebibytes * 1024))
    ((mebibytes >= 256)) || fail "--memory: found $memory, expected at least 256m." 2
  fi
}

# How much memory the computer, or the container or job that this runs in, has: 0 where that is not to be had. Linux says
# so in files below the folder that is given, / itself where none is; control groups of either version, and those above.
computer_mebibytes() {
  local root=${1:-} least=0 kind size unit limit line group folder files
  if [[ -r $root/proc/meminfo ]]; then
    while read -r kind size unit; do
      [[ $kind != MemTotal: ]] || least=$((size / 1024))
    done <"$root/proc/meminfo"
  fi
  files=("$root/sys/fs/cgroup/memory.max" "$root/sys/fs/cgroup/memory/memory.limit_in_bytes")
  if [[ -r $root/proc/self/cgroup ]]; then
    while IFS= read -r line; do
      case $line in
        0::/*) folder=$root/sys/fs/cgroup kind=memory.max ;;
        *:memory:/*) folder=$root/sys/fs/cgroup/memory kind=memory.limit_in_bytes ;;
        *) continue ;;
      esac
      group=/${line#*:*:/}
      while [[ $group == /*[!/]* ]]; do
        files+=("$folder$group/$kind")
        group=${group%/*}
      done
    done <"$root/proc/self/cgroup"
  fi
  for line in "${files[@]}"; do
    if [[ -r $line ]] && read -r limit <"$line" && [[ $limit =~ ^[0-9]{1,18}$ ]]; then
      limit=$((limit / 1048576))
      ((limit >= least)) || least=$limit
    fi
  done
  echo "$least"
}

# Whether programs can have memory in pages of 2 MiB, which is there sooner; Java complains, on standard output, where a
# system has none. Linux says so below the folder that is given, / itself where none is.
has_huge_pages() {
  local line
  { read -r line <"${1:-}/sys/kernel/mm/transparent_hugepage/enabled"; } 2>/dev/null && [[ $line == *"[madvise]"* ]]
}

# Sets `java`, its number `major`, its folder `java_home` and what tells its build from others, `java_build`.
find_java() {
  local line version
  if [[ -n ${JAVA_HOME:-} ]]; then
    java=$JAVA_HOME/bin/java
    [[ -x $java ]] || fail "JAVA_HOME is $JAVA_HOME, which has no bin/java: set it to a Java 17 or newer."
  else
    java=$(type -P java) || fail "no Java found: install Java 17 or newer, or set JAVA_HOME to one."
  fi
  # Reading the version from a file spares a start of Java.
  java_home=$(readlink -f -- "$java" 2>/dev/null) || java_home=$java
  java_home=${java_home%/bin/java}
  version=
  java_build=
  if [[ -r $java_home/release ]]; then
    while IFS= read -r line; do
      case $line in
        JAVA_VERSION=*) version=${line#*=} ;;
        JAVA_RUNTIME_VERSION=* | IMPLEMENTOR_VERSION=*) java_build+=-${line#*=} ;;
      esac
    done <"$java_home/release"
  fi
  if [[ -z $version ]]; then
    version=$("$java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p')
  fi
  version=${version//\"/}
  version=${version#1.}
  major=${version%%[!0-9]*}
  [[ -n $major ]] || fail "cannot tell the version of $java: set JAVA_HOME to a Java 17 or newer."
  ((major >= 17)) || fail "$java is Java $major: install Java 17 or newer, or set JAVA_HOME to one."
}

# Java keeps the classes that it read in a file, and starts from that in half the time. The file is made by a rehearsal, once
# for each Java and each installation; Java itself refuses one that does not fit the jars or itself, without a word. Files
# that hold what Java learned of methods, too, as 25 has them, take no class as old as those that read arguments, and are
# slower to start from. Sets `cache_options`.
use_cache() {
  cache_options=()
  [[ ${SCALED_IMAGING_CLASS_CACHE:-} != off && -z $kind && -n $caches ]] || return 0
  # Java's pointers are larger then, and the archive would be in vain.
  ((heap < 32768)) || return 0
  local name=$jars$java_home$java_build
  name=${name//[^A-Za-z0-9._-]/_}
  ((${#name} <= 200)) || name=${name:$((${#name} - 200))}
  cache=$caches/$name
  if [[ -f $cache && $cache -nt $newest ]]; then
    cache_options=("-XX:SharedArchiveFile=$cache" -XX:+VerifySharedSpaces "-Xlog:cds*=off")
    # The command line removes one that Java does not take, but where options are given under which it may take none.
    [[ -n ${given// /} ]] || cache_options+=("-Dscaledimaging.class.archive=$cache")
    ((major < 24)) || cache_options+=("-Xlog:aot*=off") # where newer ones complain
  elif [[ ! -f $cache.failed || $newest -nt $cache.failed || -z $(find "$cache.failed" -mtime -1) ]]; then
    # In the background, behind whatever else the computer does: this run does not wait for it.
    (make_cache </dev/null >/dev/null 2>&1 &)
  fi
}

# Makes the class cache, unless somebody does. Who began an hour ago was killed. The rehearsal's classes are listed, and
# then archived: an archive that is made at the end of it holds none as old as those that read arguments.
make_cache() {
  trap '' HUP INT # whoever stops the command does not mean this
  mkdir -p "$caches" || return 0
  [[ -z $(find "$caches" -maxdepth 1 -name "${cache##*/}.making" -mmin +60) ]] || rm -rf "$cache.making"
  mkdir "$cache.making" || return 0
  mkdir "$cache.making/images"
  local new=$cache.making/cache classes=$cache.making/classes
  if nice -n 19 "$java" "${options[@]}" -Xmx512m -Xshare:off "-XX:DumpLoadedClassList=$classes" -Xlog:disable \
    -cp "$class_path" org.scaledimaging.cli.Training "$cache.making/images" &&
    nice -n 19 "$java" -XX:+UseG1GC -Xmx512m -Xshare:dump "-XX:SharedClassListFile=$classes" \
      "-XX:SharedArchiveFile=$new" -Xlog:disable -cp "$class_path" && [[ -f $new ]]; then
    mv -f "$new" "$cache"
  else
    touch "$cache.failed"
  fi
  rm -rf "$cache.making"
}

# Becomes the command line.
start() {
  # Java says it in twelve lines.
  pwd -P >/dev/null 2>&1 || fail "the folder that this is started in is gone: change to one that is there."

  # Java cannot name files beyond ASCII in the locale C, which containers have, nor in one that is not installed; options
  # of Java do not change that. On macOS it always can. Where no program tells the encoding, the locale's name does.
  if [[ $OSTYPE != linux* ]]; then
    :
  elif ! type -P locale >/dev/null; then
    case ${LC_ALL:-${LC_CTYPE:-${LANG:-C}}} in C | POSIX) export LC_ALL=C.UTF-8 ;; esac
  elif [[ $(locale charmap 2>/dev/null) == ANSI_X3.4-1968 ]]; then
    for utf8 in C.UTF-8 en_US.UTF-8; do
      if [[ $(LC_ALL=$utf8 locale charmap 2>/dev/null) == UTF-8 ]]; then
        export LC_ALL=$utf8
        break
      fi
    done
  fi

  # A stream that is closed stays one that nobody can write to: else the next file that is opened would take its place,
  # and be written to.
  [[ -e /dev/fd/1 ]] || exec 1</dev/null
  [[ -e /dev/fd/2 ]] || exec 2</dev/null

  local all=("$jars"/*.jar) heap
  local given="${SCALED_IMAGING_JAVA_OPTS:-} ${JAVA_TOOL_OPTIONS:-} ${JDK_JAVA_OPTIONS:-} ${_JAVA_OPTIONS:-}"
  newest=${all[0]} # they were put there together
  IFS=:
  class_path=${all[*]}
  unset IFS
  # Of the memory of the whole process two thirds are the heap's; what lies outside has a bound of its own.
  options=(-Djdk.nio.maxCachedBufferSize=1048576)
  # Java takes no two collectors.
  [[ "$given " =~ -XX:\+Use[A-Za-z0-9]*GC[[:space:]] ]] || options=(-XX:+UseParallelGC "${options[@]}")
  if [[ -n $mebibytes ]]; then
    heap=$((mebibytes * 2 / 3))
    options+=("-Xmx${heap}m" "-XX:MaxDirectMemorySize=$((heap / 4))m")
  else
    heap=$(($(computer_mebibytes) / 4)) # what Java takes by itself
  fi
  # Java lets young objects fill a third of a large heap before it removes any: that takes memory and saves no time.
  if ((heap >= 2048)) && [[ ${SCALED_IMAGING_JAVA_OPTS:-} != *-X[mn]* && ${SCALED_IMAGING_JAVA_OPTS:-} != *-XX:* ]]; then
    options+=(-XX:MaxNewSize=256m)
    ! has_huge_pages || options+=(-XX:+UseTransparentHugePages)
  fi
  # Newer Javas warn of the native compression libraries.
  ((major < 22)) || options+=(--enable-native-access=ALL-UNNAMED)
  ((major < 23)) || options+=(--sun-misc-unsafe-memory-access=allow)
  # Java does not look at TMPDIR by itself.
  [[ -z ${TMPDIR:-} ]] || options+=("-Djava.io.tmpdir=$TMPDIR")
  # What the executor needs of Java.
  [[ -z $kind ]] || options+=("@$executor_options")
  use_cache
  # Java's second compiler costs more than it saves where verbs are short, and in others where a method is not called far
  # more often than it asks for by itself. The numbers are four times its own.
  case ${arguments[0]:-} in
    info | plugins | help | completion | '' | -*) options+=(-XX:TieredStopAtLevel=1) ;;
    *)
      ((major > 25)) || options+=(-XX:Tier4InvocationThreshold=20000 -XX:Tier4MinInvocationThreshold=2400
        -XX:Tier4CompileThreshold=60000 -XX:Tier4BackEdgeThreshold=160000)
      ;;
  esac
  # shellcheck disable=SC2086 # options are split at spaces
  exec "$java" ${cache_options[@]+"${cache_options[@]}"} "${options[@]}" ${SCALED_IMAGING_JAVA_OPTS:-} \
    -cp "$class_path" org.scaledimaging.cli.Main ${arguments[@]+"${arguments[@]}"}
}
