"""Seconds a page of our recognition, as a run reads pages, beside bare rapidocr on the same ones.

``python -m benchmarks.ocr_speed [--pages N]``. Ours: a worker a processor, one thread each, with
the search for the upright position and the order of rows. Theirs: one process with the threads it
chooses, its orientation classifier off (design.md's setting; on, it turns good lines round). Model
loading is in neither. Rounds of both alternate, so that what else the machine does hits both.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import PIL.Image
import PIL.ImageDraw
import PIL.ImageFont

from sousveil.engine import Done, Files, Limits, Pool, usable_processors
from sousveil.parse.ocr.engine import works
from sousveil.parse.ocr.lines import read_image

_LIMITS = Limits(seconds_per_item=600.0, memory_bytes=3 << 30)
_SIZE = (1240, 1754)  # A4 at 150 dpi
_WORDS = (
    "本项目采购视频监控平台一套，含前端摄像机{}台、存储服务器{}台，人脸识别准确率不低于99.{}%。",
    "投标人应按照招标文件要求提交响应材料，第{}包预算金额{}元，保证金{}元。",
    "（{}）Maintenance of {} cameras for {} months, including spare parts and labour.",
)

_PEER = """
import json, sys, time, warnings
import numpy as np
warnings.simplefilter("ignore")
from rapidocr import RapidOCR
ocr = RapidOCR(params={"Global.use_cls": False, "Global.log_level": "critical"})
ocr(np.full((200, 400, 3), 255, np.uint8))
print("ready", flush=True)
for line in sys.stdin:
    wall, cpu = time.perf_counter(), time.process_time()
    characters = 0
    for path in json.loads(line):
        characters += len("".join("".join(ocr(np.load(path)).txts or ()).split()))
    seconds = (time.perf_counter() - wall, time.process_time() - cpu)
    print(json.dumps([*seconds, characters]), flush=True)
"""


def pages(count: int, folder: Path) -> list[str]:
    """Files of page images of text, 30 lines each, as arrays; illustrative."""
    font_file = next(Path("/usr/share/fonts").rglob("NotoSansCJK-Regular.ttc"))
    font = PIL.ImageFont.truetype(str(font_file), 24, index=2)
    rng = np.random.default_rng(2)
    paths = []
    for number in range(count):
        image = PIL.Image.new("RGB", _SIZE, "white")
        pen = PIL.ImageDraw.Draw(image)
        for row in range(30):
            words = _WORDS[(number + row) % len(_WORDS)].format(*rng.integers(1, 90, 3))
            pen.text((120, 110 + 51 * row), words, fill="black", font=font)
        path = folder / f"{number}.npy"
        np.save(path, np.asarray(image)[:, :, ::-1])
        paths.append(str(path))
    return paths


def read(path: str) -> tuple[float, int]:
    """Processor seconds and characters of one page; runs in a worker. Nothing warms it up."""
    if not path:
        return (0.0, int(works()))
    started = time.process_time()
    text, _ = read_image(np.load(path))
    return (time.process_time() - started, len("".join(text.split())))


def measure(count: int, rounds: int = 2) -> dict[str, object]:
    """Wall and processor seconds a page, ours and theirs, and the ratios."""
    processors = usable_processors()
    wall, cpu, said = [0.0, 0.0], [0.0, 0.0], [0, 0]
    with tempfile.TemporaryDirectory() as name:
        paths = pages(count, Path(name))
        files = Files(read=(name, str(Path(__file__).parent)))
        peer = subprocess.Popen(
            [sys.executable, "-c", _PEER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert peer.stdin is not None
        assert peer.stdout is not None
        with (
            peer,
            Pool(read, workers=processors, limits=_LIMITS, files=files, initializer=works) as pool,
        ):
            list(pool.run([""] * processors))
            peer.stdout.readline()
            for _ in range(rounds):
                peer.stdin.write(json.dumps(paths) + "\n")
                peer.stdin.flush()
                theirs = json.loads(peer.stdout.readline())
                started = time.perf_counter()
                results = [each.result for each in pool.run(paths) if isinstance(each, Done)]
                if len(results) != count:
                    raise RuntimeError("a page was not read: the comparison would be empty")
                wall[0] += time.perf_counter() - started
                cpu[0] += sum(seconds for seconds, _ in results)
                said[0] += sum(characters for _, characters in results)
                for total, value in zip((wall, cpu, said), theirs, strict=True):
                    total[1] += value
            peer.stdin.close()
    read_pages = count * rounds
    return {
        "pages": read_pages,
        "workers": processors,
        "sousveil_seconds_a_page": round(wall[0] / read_pages, 2),
        "rapidocr_seconds_a_page": round(wall[1] / read_pages, 2),
        "ratio": round(wall[0] / wall[1], 3),
        "sousveil_processor_seconds": round(cpu[0] / read_pages, 2),
        "rapidocr_processor_seconds": round(cpu[1] / read_pages, 2),
        "processor_ratio": round(cpu[0] / cpu[1], 3),
        "characters_sousveil_and_rapidocr": said,
    }


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=8, help="pages a round")
    print(json.dumps(measure(parser.parse_args().pages), indent=1))


if __name__ == "__main__":
    main()
