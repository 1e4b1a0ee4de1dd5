#!/bin/sh
# Fetches two optional files with npm: a smaller chart bundle and a font. Call: sh assets/fetch_bundle.sh PYTHON
# Without npm or a network nothing is lost: the plotly package's own bundle and the system's font are used.
python=$1
folder=.browser-assets
font=5.2.8
charts=$("$python" -c 'from plotly.offline import get_plotlyjs_version; print(get_plotlyjs_version())') || exit 0
wanted="plotly.js $charts, inter $font"

if [ "$(cat $folder/.fetched 2>/dev/null)" = "$wanted" ]; then exit 0; fi
if ! command -v npm >/dev/null 2>&1; then
  echo "npm is not here: charts are served from the plotly package, text in the system's font."
  exit 0
fi
mkdir -p $folder
if ! npm install --prefix $folder --no-save --ignore-scripts --no-audit --no-fund --loglevel=error \
    --fetch-timeout=20000 --fetch-retries=1 \
    "plotly.js-cartesian-dist-min@$charts" "@fontsource-variable/inter@$font" >/dev/null 2>&1; then
  echo "npm could not fetch the smaller chart bundle: charts are served from the plotly package."
  exit 0
fi
cp $folder/node_modules/plotly.js-cartesian-dist-min/plotly-cartesian.min.js $folder/plotly-cartesian.min.js &&
  cp $folder/node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2 $folder/inter.woff2 &&
  rm -rf $folder/node_modules && echo "$wanted" > $folder/.fetched
exit 0
