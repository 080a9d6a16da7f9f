# cmake -DSOURCE=web -DSTAGE=dir-with-node_modules -DDIST=out -DNPM=npm -P build.cmake
# Copies the sources beside the fetched packages, so that the source tree stays clean, and builds there.
file(REMOVE_RECURSE ${STAGE}/src ${STAGE}/public ${STAGE}/scripts ${STAGE}/testing ${DIST})
foreach(part src public scripts testing index.html tsconfig.json vite.config.ts)
  if(EXISTS ${SOURCE}/${part})
    file(COPY ${SOURCE}/${part} DESTINATION ${STAGE})
  endif()
endforeach()
execute_process(COMMAND ${NPM} run --silent build -- --outDir ${DIST} --emptyOutDir --logLevel warn
                WORKING_DIRECTORY ${STAGE} RESULT_VARIABLE failed)
if(failed)
  message(FATAL_ERROR "building the operator's page failed (npm run build: ${failed}); "
                      "configure with -DMARSAD_WEB=OFF to build marsad without it")
endif()
