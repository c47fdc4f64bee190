/** Modules of well-known packages whose package has another name. */
const packageNames: Readonly<Record<string, string>> = {
  attr: 'attrs',
  bs4: 'beautifulsoup4',
  Crypto: 'pycryptodome',
  cv2: 'opencv-python',
  dateutil: 'python-dateutil',
  docx: 'python-docx',
  dotenv: 'python-dotenv',
  fitz: 'pymupdf',
  git: 'gitpython',
  google: 'google',
  jose: 'python-jose',
  jwt: 'pyjwt',
  magic: 'python-magic',
  MySQLdb: 'mysqlclient',
  OpenSSL: 'pyopenssl',
  PIL: 'pillow',
  pkg_resources: 'setuptools',
  pptx: 'python-pptx',
  psycopg2: 'psycopg2',
  serial: 'pyserial',
  skimage: 'scikit-image',
  sklearn: 'scikit-learn',
  slugify: 'python-slugify',
  socketio: 'python-socketio',
  telegram: 'python-telegram-bot',
  usb: 'pyusb',
  yaml: 'pyyaml',
  zmq: 'pyzmq',
};

const sameNames = `aiofiles aiohttp alembic anyio appdirs arrow asyncpg attrs boto3 botocore bottle cachetools celery certifi cffi chardet charset_normalizer
  click colorama coloredlogs coverage cryptography cycler dash dataclasses_json dill django docker docopt docutils faker fastapi fastparquet filelock
  fire flake8 flask flask_cors flask_login flask_migrate flask_sqlalchemy flask_wtf freezegun fsspec gensim gevent gunicorn h5py html5lib httpcore
  httptools httpx hypothesis idna imageio inflect ipywidgets isodate isort itsdangerous jinja2 joblib jsonschema kafka keras kombu langchain lark librosa
  lightgbm loguru lxml mako markdown markdown2 markdownify markupsafe marshmallow matplotlib mistune mock more_itertools motor msgpack mypy networkx
  nltk nose numba numpy openai openpyxl orjson packaging pandas paramiko passlib pathspec peewee pexpect phonenumbers pip plotly pluggy polars prettytable
  prometheus_client prompt_toolkit psutil psycopg pyarrow pycparser pydantic pydantic_settings pydub pygame pygments pylint pymongo pymysql pyodbc
  pyparsing pypdf PyPDF2 PyQt5 PyQt6 PySide6 pyserial pytest pytest_asyncio pytz pywt questionary rapidfuzz redis regex reportlab requests responses
  rich ruamel sanic scipy scrapy seaborn selenium setuptools shapely simplejson simpy six sortedcontainers spacy sphinx sqlalchemy sqlmodel starlette
  statsmodels streamlit sympy tabulate tenacity tensorflow termcolor textual tiktoken toml tomli tomlkit toolz torch torchvision tornado tqdm
  transformers trio typer typeguard typing_extensions tzlocal ujson unidecode urllib3 uvicorn uvloop validators virtualenv watchdog websocket
  websockets werkzeug wheel wrapt xgboost xlrd xlsxwriter xmltodict yarl zstandard`;

const sameName: ReadonlySet<string> = new Set(sameNames.trim().split(/\s+/));

/** The package that contains a top-level module, if it is a well-known one. */
export function pythonPackageOf(module: string): string | undefined {
  return Object.hasOwn(packageNames, module) ? packageNames[module] : sameName.has(module) ? module : undefined;
}
